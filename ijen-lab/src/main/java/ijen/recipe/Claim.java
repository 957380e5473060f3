package ijen.recipe;

import java.util.Optional;

/// A number that a study measures, what others published of it, and what it must be.
///
/// @param variant of which training, by its name
/// @param measure which number
/// @param published what the source reports
/// @param expectation what it must be
/// @param why why that is expected, or what is to be known of it; may be empty
/// @param place where it stands
public record Claim(
    String variant,
    Measure measure,
    Optional<Double> published,
    Expectation expectation,
    String why,
    String place) {}
