using Headgate.Gateway.Proxy;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>The hostile-input table, target by target.</summary>
public sealed class TargetRulesTests
{
    private static TargetVerdict Check(string target) => TargetRules.Check(target, 8 << 10, 32 << 10);

    [Theory]
    [InlineData("/kite/quote?i=NSE:INFY&i=NSE%3ATCS")]
    [InlineData("/binance/x?symbols=[\"A\",\"B\"]")]
    [InlineData("/twelve/x?symbol=EUR%2FUSD&p=..%2F..%2F&d=%2e%5c")]
    [InlineData("/a/.hidden/..x/x../a...b/")]
    [InlineData("/a%20b/%E2%82%AC")]
    [InlineData("/a?q=%E2%82%AC+%F0%9F%98%80")]
    [InlineData("/telegram/bot123:AAE-x_y/sendMessage?text=a%25b")]
    [InlineData("/a%252Fb")]
    [InlineData("//")]
    [InlineData("/?")]
    [InlineData("/a?b?c|d^e`{}")]
    public void Accepts_what_real_clients_send(string target) => Check(target).ShouldBe(TargetVerdict.Ok);

    [Theory]
    [InlineData("/a%2Fb")]
    [InlineData("/a%2fb")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a/%2E/b")]
    [InlineData("/a.b%2Ejson")]
    [InlineData("/a%5Cb")]
    [InlineData("/a\\b")]
    [InlineData("/a%00b")]
    [InlineData("/a%0Ab")]
    [InlineData("/a%7Fb")]
    [InlineData("/a%zzb")]
    [InlineData("/a%2")]
    [InlineData("/a%")]
    [InlineData("/a%FFb")]
    [InlineData("/a%C3")]
    [InlineData("/a%C0%AF")]
    [InlineData("/a%ED%A0%80")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/..")]
    [InlineData("/a/.")]
    [InlineData("/a#b")]
    [InlineData("/a\u00e9")]
    public void Refuses_in_the_path(string target) => Check(target).ShouldBe(TargetVerdict.HostilePath);

    [Theory]
    [InlineData("/a?b=%zz")]
    [InlineData("/a?b=%4")]
    [InlineData("/a?b=%")]
    [InlineData("/a?b=%00")]
    [InlineData("/a?b=%0d%0aX:1")]
    [InlineData("/a?b=%FF")]
    [InlineData("/a?b=%E2%82")]
    [InlineData("/a?b=%E2x%82%AC")]
    public void Refuses_in_the_query(string target) => Check(target).ShouldBe(TargetVerdict.HostileQuery);

    [Theory]
    [InlineData("http://evil/a")]
    [InlineData("*")]
    [InlineData("evil:443")]
    [InlineData("")]
    public void Refuses_other_forms_than_a_path(string target) => Check(target).ShouldBe(TargetVerdict.NotOriginForm);

    [Fact]
    public void A_query_of_32_KB_passes_and_one_byte_more_does_not()
    {
        Check("/a?" + new string('x', 32 << 10)).ShouldBe(TargetVerdict.Ok);
        Check("/a?" + new string('x', (32 << 10) + 1)).ShouldBe(TargetVerdict.QueryTooLong);
        Check("/" + new string('x', 8 << 10)).ShouldBe(TargetVerdict.PathTooLong);
    }

    [Fact]
    public void Long_escaped_text_is_judged_as_a_whole()
    {
        var euros = string.Concat(Enumerable.Repeat("%E2%82%AC", 3_000));
        Check("/a?b=" + euros).ShouldBe(TargetVerdict.Ok);
        Check("/a?b=" + euros + "%E2").ShouldBe(TargetVerdict.HostileQuery);
    }
}
