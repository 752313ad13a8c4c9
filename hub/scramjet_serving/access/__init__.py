"""Access control: tokens, CORS, the browser guard and the audit trail."""
