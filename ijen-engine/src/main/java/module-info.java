/// Tensors, kernels, graphs and plans: everything below a layer.
module ijen.engine {
  requires static transitive org.jspecify;
  requires jdk.incubator.vector;

  exports ijen.graph;
  exports ijen.kernel;
  exports ijen.op;
  exports ijen.random;
}
