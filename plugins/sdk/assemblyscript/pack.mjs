// Puts a manifest into a module: node pack.mjs MODULE MANIFEST
import { readFileSync, writeFileSync } from 'node:fs';

const [module, manifest] = process.argv.slice(2);
const leb = n => { const b = []; do { b.push((n & 127) | (n > 127 ? 128 : 0)); n >>>= 7; } while (n); return Buffer.from(b); };
const name = Buffer.from('trinity:manifest');
const body = Buffer.concat([leb(name.length), name, readFileSync(manifest)]);
writeFileSync(module, Buffer.concat([readFileSync(module), Buffer.from([0]), leb(body.length), body]));
