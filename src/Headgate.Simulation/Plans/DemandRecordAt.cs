using Headgate.Catalogue;
using Headgate.Recording;

namespace Headgate.Simulation;

/// <summary>A record and the endpoint it names in the catalogue it is replayed against.</summary>
internal readonly record struct DemandRecordAt(DemandRecord Record, EndpointModel Endpoint);
