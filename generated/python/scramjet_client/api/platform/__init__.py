"""The operations tagged `platform`.

A Platform, also called Middleware, gathers Spaces and knows who may use them: clients with tokens,
Hubs with access keys. It adds headers to what it passes on to a Space (`x-mw-user`, `x-mw-org-id`,
`x-mw-org-status`, `x-mw-acc-type`, `x-mw-billable`, `x-mw-bill-status`, `x-mw-self-hosted-limit`)
and removes those that a client sends.
"""
