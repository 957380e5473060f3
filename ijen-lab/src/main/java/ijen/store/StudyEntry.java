package ijen.store;

import java.time.Instant;

/// A search.
///
/// @param name what it is called
/// @param settings what it searches and how, as text; trials of other settings are no part of it
/// @param created when it began
public record StudyEntry(String name, String settings, Instant created) {}
