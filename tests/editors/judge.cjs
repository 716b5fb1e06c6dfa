// Takes a file with JSON {schema, files}, and tells of each of the files whether it is YAML 1.2 that is valid.
"use strict";

const { readFileSync } = require("node:fs");
const Ajv = require("ajv");
const YAML = require("yaml");

const { schema, files } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const valid = new Ajv({ strict: false }).compile(schema);

function judged(file) {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  const documents = YAML.parseAllDocuments(text, { version: "1.2", schema: "core", merge: false });
  if (documents.length !== 1 || documents[0].errors.length) return false;
  return valid(documents[0].toJS());
}

function verdict(file) {
  try {
    return judged(file);
  } catch (error) {
    return false; // not UTF-8, or an alias that is endless or stands for too much
  }
}

console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, verdict(file)]))));
