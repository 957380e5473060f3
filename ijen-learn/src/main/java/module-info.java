/// Layers, losses, optimisers and the training loop.
module ijen.learn {
  requires static transitive org.jspecify;
  requires transitive ijen.data;
  requires transitive ijen.engine;

  exports ijen.loss;
  exports ijen.metric;
  exports ijen.model;
  exports ijen.nn;
  exports ijen.onnx;
  exports ijen.optim;
  exports ijen.train;
}
