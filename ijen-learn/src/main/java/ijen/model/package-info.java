/// Trained networks, kept in files and asked for answers.
///
/// Entry type: [ijen.model.Model]. Its file is a safetensors file: the parameters by name, and in
/// the metadata the architecture in words and where the model comes from. There is no code in it.
/// Weights that other programs trained come in by [ijen.model.StateDict], parameters alone go out
/// and in by [ijen.model.ParameterFiles].
@NullMarked
package ijen.model;

import org.jspecify.annotations.NullMarked;
