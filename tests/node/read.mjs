// Reads a file with a reader of another maker and prints what it found: node read.mjs READER FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DOMParser } from "@xmldom/xmldom";
import { MultiDirectedGraph } from "graphology";
import { Parser, Writer } from "n3";

const require = createRequire(import.meta.url);
globalThis.DOMParser = DOMParser;

function rdf(text, format) {
  const writer = new Writer({ format: "N-Quads" });
  for (const quad of new Parser({ format }).parse(text)) writer.addQuad(quad);
  let written;
  writer.end((error, result) => { written = result; });
  return written;
}

function network(graph) {
  const nodes = graph.mapNodes((id, fields) => ({ id, ...fields }));
  const edges = graph.mapEdges((id, fields, source, target) => ({ id, source, target, ...fields }));
  return JSON.stringify({ nodes, edges });
}

const READERS = {
  turtle: (text) => rdf(text, "Turtle"),
  trig: (text) => rdf(text, "TriG"),
  ntriples: (text) => rdf(text, "N-Triples"),
  nquads: (text) => rdf(text, "N-Quads"),
  graphml: (text) => network(require("graphology-graphml").parse(MultiDirectedGraph, text)),
  gexf: (text) => network(require("graphology-gexf").parse(MultiDirectedGraph, text)),
  cypher: (text) => {
    const { diagnostics } = require("@neo4j-cypher/language-support").lintCypherQuery(text, {});
    return JSON.stringify(diagnostics.map(({ severity, message, range }) => ({ severity, message, range })));
  },
};

const [reader, file] = process.argv.slice(2);
process.stdout.write(READERS[reader](readFileSync(file, "utf8")));
