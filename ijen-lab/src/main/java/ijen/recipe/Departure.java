package ijen.recipe;

import java.util.Optional;

/// Where a study does otherwise than its source, and why.
///
/// @param source what the source did
/// @param instead what is done instead, and why
/// @param variant the training that does as the source did, to measure the difference; empty if
///   there is none
public record Departure(String source, String instead, Optional<String> variant) {}
