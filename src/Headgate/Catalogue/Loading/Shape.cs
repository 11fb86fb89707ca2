using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>What a value of a definition may look like. The checker and the JSON schema for editors are made from the same shapes.</summary>
internal abstract class Shape
{
    /// <summary>Completes "expected …".</summary>
    public abstract string Expected { get; }

    /// <summary>Could this node be meant as this shape? Decides between alternatives.</summary>
    public abstract bool Fits(CatalogueNode node);

    /// <summary>Reports everything about the node that is not as it should be.</summary>
    public virtual void Check(CatalogueNode node, string path, ErrorList errors)
    {
        if (!Fits(node))
        {
            errors.Unexpected(node, path, Expected);
        }
    }

    public abstract JsonObject ToSchema();
}
