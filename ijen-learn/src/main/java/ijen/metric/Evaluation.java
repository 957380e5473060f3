package ijen.metric;

import org.jspecify.annotations.Nullable;

/// What an [Evaluator] found.
///
/// @param score loss and accuracy
/// @param confusion which classes were taken for which; null where nothing is decided
public record Evaluation(Score score, @Nullable Confusion confusion) {}
