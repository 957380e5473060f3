/// Data sets, batches and splits, and the file formats that data come in.
@SuppressWarnings("requires-automatic")
module ijen.data {
  requires transitive ijen.engine;
  requires de.siegmar.fastcsv;
  requires io.jhdf; // an automatic module: its jar names itself, but has no descriptor
  requires java.desktop; // javax.imageio, for folders of images
  requires static org.jspecify;
  requires tools.jackson.core;

  exports ijen.data;
  exports ijen.format;
  exports ijen.format.arff;
  exports ijen.format.cifar;
  exports ijen.format.csv;
  exports ijen.format.hdf5;
  exports ijen.format.idx;
  exports ijen.format.image;
  exports ijen.format.json;
  exports ijen.format.npy;
  exports ijen.format.onnx;
  exports ijen.format.safetensors;
}
