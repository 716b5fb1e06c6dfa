// What other programs read: of a feed (podcast-partytime), and of its transcripts in VTT (the parser of the W3C).
"use strict";
const { readFileSync } = require("node:fs");
const { parseFeed } = require("podcast-partytime");
const { WebVTTParser } = require("webvtt-parser");

const [feed, ...transcripts] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const read = transcripts.map((text) => new WebVTTParser().parse(text, "subtitles"));
process.stdout.write(JSON.stringify({ feed: parseFeed(feed), transcripts: read }));
