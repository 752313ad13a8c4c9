// Shows the description with Scalar. Nothing is requested from other origins, and nothing is reported to anyone.
"use strict";

Scalar.createApiReference("#app", {
  url: "/docs/view.json",
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  withDefaultFonts: false,
  proxyUrl: "",
  hideClientButton: true,
  showDeveloperTools: "never",
  persistAuth: false,
  documentDownloadType: "none",
  defaultOpenAllTags: false,
  authentication: { preferredSecurityScheme: "bearer" },
});
