namespace Headgate.EndToEnd.Tests;

/// <summary>Tests that bound the time of real processes run while no other test of this assembly does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;
