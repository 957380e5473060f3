/// JSON as plain Java values, for everything that Ijen writes to be read by people and other
/// programs.
///
/// Entry type: [ijen.format.json.Json], which reads a text into maps, lists, strings, numbers and
/// booleans and writes them back on one line or indented. [ijen.format.json.JsonObject] is a view
/// of such a map that checks what it is asked for and names file and key when it is something else.
/// Text that is no JSON, or not the expected JSON, is an [ijen.format.json.JsonException].
///
/// Used by run folders, the architecture inside a model file, and whatever prints with `--json`.
///
/// **Source:** RFC 8259, "The JavaScript Object Notation (JSON) Data Interchange Format".
@NullMarked
package ijen.format.json;

import org.jspecify.annotations.NullMarked;
