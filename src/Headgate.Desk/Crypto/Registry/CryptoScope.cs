namespace Headgate.Desk.Crypto.Registry;

/// <summary>Whom one answer of an endpoint is about.</summary>
public enum CryptoScope
{
    /// <summary>A whole market or exchange: asked without a symbol and held once, whoever wants a part of it.</summary>
    Market,

    /// <summary>One symbol.</summary>
    Symbol,
}
