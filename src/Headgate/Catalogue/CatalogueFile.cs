namespace Headgate.Catalogue;

/// <summary>One YAML file of provider definitions, as text.</summary>
/// <param name="Name">What errors call it, as <c>kite.yaml</c>.</param>
/// <param name="Text">Its content, at most 1 MiB; may hold several documents, each one provider.</param>
public sealed record CatalogueFile(string Name, string Text);
