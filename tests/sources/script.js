// Written by the site generator.
"use strict";
const places = ["Lyon", "Bergen"];
window.board = window.board || {};
window.board.jobs = [
  {"title": "Product Manager", "company": "Kelp", "description": "Own the roadmap of the tide gauge."}
];
