using System.Text.Json;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Tests.Reporting;

public sealed class HistoriesAreTables
{
    [Fact]
    public void A_member_that_only_a_later_row_has_is_a_column_too() => Table("""{"history":[{"at":1},{"at":20,"why":"late"}]}""").ShouldBe(["at  why", "1", "20  late"]);

    [Fact]
    public void What_is_no_row_is_shown_as_it_is() => Table("""{"history":["first",{"at":1},[2]]}""").ShouldBe(["at", "first", "1", "2"]);

    [Fact]
    public void A_row_stays_one_line() => Table("""{"history":[{"call":"a\nb"}]}""").ShouldBe(["call", "a\\nb"]);

    [Theory]
    [InlineData("""{"history":[]}""")]
    [InlineData("""{"history":"none"}""")]
    [InlineData("""["history"]""")]
    public void Without_rows_there_is_no_table(string details) => Table(details).ShouldBeEmpty();

    private static string[] Table(string details)
    {
        using var document = JsonDocument.Parse(details);
        return [.. HistoryTable.Lines(new Finding { Rule = "R", Severity = Severity.Error, Message = "m", Details = document.RootElement })];
    }
}
