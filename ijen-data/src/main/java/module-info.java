/// Data sets, batches and splits, and the file formats that data come in.
module ijen.data {
  requires transitive ijen.engine;
  requires static org.jspecify;
  requires tools.jackson.core;

  exports ijen.data;
  exports ijen.format;
  exports ijen.format.idx;
  exports ijen.format.json;
  exports ijen.format.safetensors;
}
