using Headgate.Cli.Output;
using Headgate.Strategies.Cli;
using Spectre.Console;

namespace Headgate.EndToEnd.Tests.Output;

public sealed class TextTableTests
{
    private static readonly string[] Secret = ["alphavantage", "ALPHA_VANTAGE_API_KEY", "25", "prices, indicators and what else there is to be asked of it in a day"];

    [Theory]
    [InlineData(200)]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(45)]
    public void No_name_is_cut_however_narrow_the_terminal(int width)
    {
        var lines = Draw(width, Table(Secret)).Split('\n');

        lines.ShouldContain(line => line.Contains("ALPHA_VANTAGE_API_KEY"));
        lines.ShouldContain(line => line.Contains("alphavantage"));
        lines.Max(line => line.Length).ShouldBeLessThanOrEqualTo(width);
    }

    [Fact]
    public void A_row_that_does_not_fit_is_a_record()
    {
        Draw(60, Table(["a", "B", "1", "x"], Secret)).ShouldStartWith("provider  a\nsecret    B\ncalls     1\nused by   x\n\nprovider  alphavantage\n");
    }

    [Fact]
    public void Before_rows_become_records_titles_wrap_and_the_frame_goes()
    {
        var table = Tables.New("Entry Date", "Future P&L");
        Tables.AddRow(table, "2024-08-01", "-256.10");

        Draw(27, table).ShouldContain("│ Entry Date │ Future P&L │");
        Draw(26, table).ShouldContain("│ 2024-08-01 │ -256.10 │");
        Draw(22, table).ShouldContain("2024-08-01  -256.10");
        Draw(22, table).ShouldNotContain("│");
        Draw(21, table).ShouldStartWith("Entry Date  ");
    }

    [Fact]
    public void Columns_of_figures_stand_to_the_right_and_words_to_the_left()
    {
        var lines = Draw(100, Table(["a", "B", "1", "x"], Secret)).Split('\n');

        lines[3].ShouldStartWith("│ a            │ B                     │     1 │ x ");
    }

    [Fact]
    public void A_table_whose_rows_are_labelled_keeps_its_shape()
    {
        var table = Tables.New("", "direct", "gate");
        Tables.AddRow(table, "items joined to others' calls", 123_456, "0.52 / 1.03 / 2.5");

        Draw(50, table).ShouldContain("│ direct │              gate │");
    }

    [Fact]
    public void Without_rows_it_says_so()
    {
        Draw(80, Tables.OrElse("nothing is held", "endpoint", "item")).Trim().ShouldBe("nothing is held");
    }

    private static TextTable Table(params string[][] rows)
    {
        var table = Tables.New("provider", "secret", "calls", "used by");
        foreach (var row in rows)
        {
            Tables.AddRow(table, [.. row]);
        }

        return table;
    }

    private static string Draw(int width, TextTable table)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = width;
        console.Write(table);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
