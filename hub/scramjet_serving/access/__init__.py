"""Who may call: tokens, origins and names; and the record of who did."""
