/// The only code that touches arrays: [ijen.kernel.Kernels] and the memory it works on.
///
/// Entry type: [ijen.kernel.Kernels], with two implementations that nobody names: SIMD in `float`,
/// and plain loops in `double` that read like the textbook and are what the first is tested
/// against. Above it stand the ops (`ijen.op`) and the optimisers; below it nothing but the JDK.
/// Kernels trust their arguments: shapes are checked once, when a graph is built.
@NullMarked
package ijen.kernel;

import org.jspecify.annotations.NullMarked;
