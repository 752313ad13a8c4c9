// Copied from client/typescript/generate.mjs by `make clients`; edit that file.

// Makes the types of the API: `node generate.mjs BUNDLE TARGET`.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const [bundle, target] = process.argv.slice(2);
const BINARY = ts.factory.createTypeReferenceNode("Binary");

const nodes = await openapiTS(pathToFileURL(bundle), {
  // As a text, which it is by default, no binary body could be sent.
  transform: (schema) => (schema.format === "binary" ? BINARY : undefined),
  // A field with a default need not be sent.
  defaultNonNullable: false,
  inject: 'import type { Binary } from "./bodies.js";\n',
});
const head = "// Made by `make clients` from openapi/. Do not edit.\n";
writeFileSync(target, `${head}\n${astToString(nodes)}`);
