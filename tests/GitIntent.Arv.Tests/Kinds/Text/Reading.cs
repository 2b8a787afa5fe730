using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>What the block says, and what is wrong with it.</summary>
public sealed class Reading
{
    [Theory]
    [InlineData("abc001: { forbid: x }", "1:1", "an id such as ABC001")]
    [InlineData("A001: { forbid: x }", "1:1", "an id such as ABC001")]
    [InlineData("ABC01: { forbid: x }", "1:1", "an id such as ABC001")]
    [InlineData("ABCDEFGHI001: { forbid: x }", "1:1", "an id such as ABC001")]
    [InlineData("ABC001: x", "1:9", "expected a map")]
    [InlineData("ABC001: { forbidd: x }", "1:11", "did you mean \"forbid\"?")]
    [InlineData("ABC001: { message: x }", "1:9", "exactly one of forbid, require, found none")]
    [InlineData("ABC001: { forbid: x, require: y }", "1:9", "exactly one of forbid, require, found forbid and require")]
    [InlineData("ABC001: { forbid: x, require: y, severity: off, reason: z }", "1:9", "found forbid and require")]
    [InlineData("ABC001: { forbid: x, across: any }", "1:22", "across goes with require only")]
    [InlineData("ABC001: { require: x, across: all }", "1:31", "expected any")]
    [InlineData("ABC001: { forbid: x, severity: of }", "1:32", "did you mean \"off\"?")]
    [InlineData("ABC001: { forbid: x, severity: off }", "1:1", "needs a reason")]
    [InlineData("ABC001: { forbid: x, reason: y }", "1:22", "reason goes with severity: off only")]
    [InlineData("ABC001: { forbid: '' }", "1:19", "a literal text")]
    [InlineData("ABC001: { forbid: x, message: '' }", "1:31", "expected a text")]
    [InlineData("ABC001: { forbid: { regex: x, flags: i } }", "1:31", "expected one of regex")]
    [InlineData("ABC001: { forbid: { regex: '' } }", "1:28", "a pattern")]
    [InlineData("ABC001: { forbid: x, include: ['a//b'] }", "1:32", "a gitignore pattern")]
    [InlineData("ABC001: { forbid: x, invalid: x }", "1:31", "expected a list")]
    public void A_mistake_is_shown_at_its_place(string yaml, string place, string message)
    {
        var error = TextChecks.ErrorsOf(yaml).All.ShouldHaveSingleItem();

        $"{error.Mark.Line}:{error.Mark.Column}".ShouldBe(place);
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("ABC001: { forbid: { regex: ab(c } }", "1:30", false)]
    [InlineData("ABC001: { forbid: { regex: 'ab(c' } }", "1:31", false)]
    [InlineData("ABC001: { forbid: { regex: \"ab(c\" } }", "1:31", false)]
    [InlineData("ABC001: { forbid: { regex: 'a''b(c' } }", "1:28", true)]
    [InlineData("ABC001:\n  forbid:\n    regex: |\n      ab(c", "3:12", true)]
    public void A_bad_pattern_is_shown_at_its_column_or_with_its_character(string yaml, string place, bool inWords)
    {
        var error = TextChecks.ErrorsOf(yaml).All.ShouldHaveSingleItem();

        $"{error.Mark.Line}:{error.Mark.Column}".ShouldBe(place);
        error.Message.ShouldStartWith("rule \"ABC001\": forbid: the group is not closed");
        error.Message.Contains("(character ", StringComparison.Ordinal).ShouldBe(inWords);
    }

    [Fact]
    public void Several_mistakes_are_shown_in_one_go()
    {
        TextChecks.ErrorsOf("ABC001: { forbid: { regex: '(' }, where: { regex: ')' } }\nABC002: { forbid: x, severity: off }").Count.ShouldBe(3);
    }

    [Fact]
    public void A_pattern_too_large_for_the_engine_is_a_mistake()
    {
        var huge = string.Concat(Enumerable.Repeat("[^b]{1000}", 21));

        TextChecks.ErrorsOf($"ABC001: {{ forbid: {{ regex: '{huge}' }} }}").All.ShouldHaveSingleItem().Message.ShouldContain("too large");
    }

    [Fact]
    public void A_rule_says_what_it_wants()
    {
        var rule = TextChecks.Read("""
            ABC001:
              forbid: { regex: (?i)foo }
              where: bar
              severity: warning
              message: No foo.
              remedy: Drop it.
              help: docs/foo.md
              invalid: [foo bar]
              valid: [bar]
            """).Rules.ShouldHaveSingleItem();

        rule.ShouldBe(new RuleInfo("ABC001", Severity.Warning, "No foo.")
        {
            Remedy = "Drop it.",
            Help = "docs/foo.md",
            Looks = "forbid regex (?i)foo where \"bar\"",
            Cost = "by \"foo\" in either case, then at its place",
            Invalid = rule.Invalid,
            Valid = rule.Valid,
        });
        rule.Invalid.ShouldBe(["foo bar"]);
        rule.Valid.ShouldBe(["bar"]);
    }

    [Theory]
    [InlineData("ABC001: { forbid: x }", "Forbidden: the text \"x\"")]
    [InlineData("ABC001: { forbid: { regex: x+ } }", "Forbidden: the pattern x+")]
    [InlineData("ABC001: { require: x }", "Missing: the text \"x\"")]
    [InlineData("ABC001: { require: x, across: any }", "Missing in every file: the text \"x\"")]
    public void A_rule_without_a_message_gets_one(string yaml, string message) =>
        TextChecks.Read(yaml).Rules.ShouldHaveSingleItem().Message.ShouldBe(message);

    [Fact]
    public void What_a_rule_does_not_say_its_check_says()
    {
        var settings = new FindingSettings(Severity.Note, null, "the check's", "remedy", "help");
        var rules = TextChecks.Read("ABC001: { forbid: x }\nABC002: { forbid: x, message: its own, severity: error }", settings).Rules;

        (rules[0].Severity, rules[0].Message, rules[0].Remedy, rules[0].Help).ShouldBe((Severity.Note, "the check's", "remedy", "help"));
        rules[1].Message.ShouldBe("its own");
        rules[1].Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void A_rule_that_is_off_is_shown_with_its_reason_and_judges_nothing()
    {
        var check = TextChecks.Read("ABC001: { forbid: x, severity: off, reason: Not here. }\nABC002: { forbid: y }");

        check.Rules[0].Severity.ShouldBe(Severity.Off);
        check.Rules[0].Reason.ShouldBe("Not here.");
        TextChecks.Places(TextChecks.Run(check, [("a", "x y"u8.ToArray())])).ShouldBe(["a:1:3-1:4 ABC002"]);
    }

    [Fact]
    public void Of_a_rule_that_is_off_the_pattern_is_still_read()
    {
        TextChecks.ErrorsOf("ABC001: { forbid: { regex: '(' }, severity: off, reason: x }").Count.ShouldBe(1);
        TextChecks.ErrorsOf("ABC001: { severity: off, reason: x }").All.ShouldHaveSingleItem().Message.ShouldContain("exactly one of forbid, require");
    }

    [Theory]
    // forbid
    [InlineData("forbid: foo, invalid: [a foo], valid: [a bar]", null)]
    [InlineData("forbid: foo, invalid: [a bar]", "finds nothing in this example")]
    [InlineData("forbid: foo, valid: [a foo]", "finds something in this example")]
    [InlineData("forbid: foo, invalid: [a Foo]", "finds nothing in this example")]
    // require: invalid is what lacks it
    [InlineData("require: foo, invalid: [a bar], valid: [a foo]", null)]
    [InlineData("require: foo, invalid: [a foo]", "finds nothing in this example")]
    [InlineData("require: foo, valid: [a bar]", "finds something in this example")]
    [InlineData("require: foo, across: any, invalid: [a bar], valid: [a foo]", null)]
    // where: what it does not select is valid, and never invalid
    [InlineData("forbid: foo, where: bar, invalid: [foo bar], valid: [foo]", null)]
    [InlineData("forbid: foo, where: bar, invalid: [foo]", "does not match where")]
    [InlineData("require: foo, where: bar, invalid: [bar], valid: [x, foo bar]", null)]
    public void Examples_are_tried_when_the_rule_is_read(string rule, string? message)
    {
        var errors = TextChecks.ErrorsOf($"ABC001: {{ {rule} }}").All;

        if (message is null)
            errors.ShouldBeEmpty();
        else
            errors.ShouldHaveSingleItem().Message.ShouldContain(message);
    }

    [Fact]
    public void A_wrong_example_is_shown_at_its_place()
    {
        var error = TextChecks.ErrorsOf("ABC001:\n  forbid: foo\n  invalid:\n  - a foo\n  - a bar").All.ShouldHaveSingleItem();

        error.Mark.Line.ShouldBe(5);
    }
}
