package ijen.data;

/// The two parts that a published data set comes in.
///
/// @param train to learn from
/// @param test to be measured on, at the end
public record TrainTest(Dataset train, Dataset test) {}
