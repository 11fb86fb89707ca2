using System.Collections;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>The current request's headers for a look at memory; copied out only if somebody reads them. Valid until the next request of its connection.</summary>
internal sealed class LazyHeaders : IReadOnlyList<HeaderField>
{
    private IHeaderDictionary? _source;
    private List<HeaderField>? _fields;

    public int Count => Fields.Count;

    private List<HeaderField> Fields => _fields ??= RequestHeaders.Collect(_source!, isAnsweredHere: false);

    public HeaderField this[int index] => Fields[index];

    public void Point(IHeaderDictionary source)
    {
        _source = source;
        _fields = null;
    }

    public IEnumerator<HeaderField> GetEnumerator() => Fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
