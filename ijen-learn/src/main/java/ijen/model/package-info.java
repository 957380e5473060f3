/// Trained networks, kept in files and asked for answers.
///
/// Entry type: [ijen.model.Model]. Its file is a safetensors file: the parameters by name, and in
/// the metadata the architecture in words. There is no code in it.
@NullMarked
package ijen.model;

import org.jspecify.annotations.NullMarked;
