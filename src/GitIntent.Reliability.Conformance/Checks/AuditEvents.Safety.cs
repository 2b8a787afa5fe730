using System.Collections;
using System.Diagnostics.CodeAnalysis;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Secrets, and errors that fail.</summary>
internal static partial class AuditEvents
{
    private const string Secret = "hunter2-hunter2-hunter2";

    private static Task SecretsByName(Scene s)
    {
        foreach (var name in new[] { "password", "DB_PASSWORD", "apiKey", "accessToken", "client_secret", "Authorization" })
        {
            var nested = new Dictionary<string, object?> { ["user"] = "alice", [name] = Secret };
            Unseen(s, Audit(s, Error((name, Secret))), $"the error's {name}");
            Unseen(s, Audit(s, new TimeoutException("x"), Map((name, Secret))), $"the caller's {name}");
            Unseen(s, Audit(s, Error((name, "y")), Map((name, Secret))), $"the caller's {name} over the error's");
            Unseen(s, Audit(s, Error(("request", nested))), $"{name} in a map of the error's");
            Unseen(s, Audit(s, new TimeoutException("x"), Map(("request", new object?[] { nested }))), $"{name} in a map in a list of the caller's");
        }

        return Task.CompletedTask;
    }

    private static Task SecretsByShape(Scene s)
    {
        foreach (var text in new[] { $"password={Secret}", $"PASSWORD={Secret}", $"GET https://alice:{Secret}@example.org/", $"postgres://app:{Secret}@db/orders", $"Authorization: Bearer {Secret}" })
        {
            var form = text.Replace(Secret, "…", StringComparison.Ordinal);
            Unseen(s, Audit(s, new GwiException(ErrorCode.NotFound, text)), $"\"{form}\" in the message of an error of ours");
            Unseen(s, Audit(s, new TimeoutException(text)), $"\"{form}\" in the message of a foreign error");
            Unseen(s, Audit(s, new TimeoutException("x", new InvalidOperationException("y", new InvalidOperationException(text)))), $"\"{form}\" in the message of a cause's cause");
            Unseen(s, Audit(s, new AggregateException("x", new InvalidOperationException("y"), new InvalidOperationException(text))), $"\"{form}\" in the message of one of several causes");
            Unseen(s, Audit(s, Error(("value", text))), $"\"{form}\" in the error's context");
            Unseen(s, Audit(s, new TimeoutException("x"), Map(("values", new object?[] { 1, text }))), $"\"{form}\" in a list of the caller's context");
            Unseen(s, Audit(s, new GwiTimeoutException("x", TimeSpan.FromSeconds(1), text)), $"\"{form}\" in a field");
            Unseen(s, Audit(s, new GwiValidationException("x", new Dictionary<string, string> { ["url"] = text })), $"\"{form}\" in a field error");
        }

        return Task.CompletedTask;
    }

    private static void Unseen(Scene s, AuditEvent audit, string where)
    {
        var all = $"{audit.Message} {Flat(audit.Fields)} {Flat(audit.Context)} {string.Join(" ", audit.Causes.Select(static c => c.Message))} {audit.ToJson()}";
        s.Holds(!all.Contains(Secret, StringComparison.Ordinal), $"A secret is in the audit event: {where}.");
        s.Fresh();
    }

    /// <summary>Everything that a reader of the event could see of a value.</summary>
    private static string Flat(object? value, int depth = 0) => value switch
    {
        null => "",
        string text => text,
        _ when depth > 9 => "",
        IEnumerable<KeyValuePair<string, object?>> map => string.Join(" ", map.Select(e => $"{e.Key} {Flat(e.Value, depth + 1)}")),
        IEnumerable<KeyValuePair<string, string>> map => string.Join(" ", map.Select(static e => $"{e.Key} {e.Value}")),
        IDictionary map => string.Join(" ", Entries(map).Select(e => $"{e.Key} {Flat(e.Value, depth + 1)}")),
        IEnumerable items => string.Join(" ", items.Cast<object?>().Select(i => Flat(i, depth + 1))),
        _ => value.ToString() ?? "",
    };

    private static IEnumerable<DictionaryEntry> Entries(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
            yield return entry;
    }

    private static Task NoSecretKept(Scene s)
    {
        const string text = "user alice paid 3 of 5 at https://example.org/orders/17?page=2 (the rest is pending)";
        var audit = Audit(s, new GwiException(ErrorCode.NotFound, text, new InvalidOperationException(text), new ErrorDetails { Context = Map(("order", text), ("user", "alice"), ("count", 3)) }));
        s.Same((audit.Message, audit.Causes[0].Message), (text, text), "The messages of the error and its cause");
        s.Same(Text(audit.Context), $"count=3 order={text} user=alice", "The context");
        return Task.CompletedTask;
    }

    private static Task NeverThrows(Scene s)
    {
        var circle = new List<object?>();
        circle.Add(circle);
        Exception deep = new TimeoutException("at the bottom");
        for (var i = 0; i < 500; i++)
            deep = new InvalidOperationException($"level {i}", deep);
        foreach (var (e, context, what) in new (Exception?, IReadOnlyDictionary<string, object?>?, string)[]
        {
            (null, null, "no error"), (null, Map(("a", 1)), "no error and a context"), (new Hostile(), null, "an error that cannot be read"),
            (new InvalidOperationException("x", new Hostile()), null, "a cause that cannot be read"), (new AggregateException(new Hostile()), null, "one of several causes that cannot be read"),
            (deep, null, "a chain of 500 causes"), (Error(("x", new Hostile())), null, "a value of the error's that cannot be read"), (new TimeoutException("x"), Map(("x", new Hostile())), "a value of the caller's that cannot be read"),
            (new TimeoutException("x"), Map(("x", circle)), "a list that is in itself"), (new TimeoutException("x"), Map(("x", double.NaN), ("y", null), ("z", "\ud800")), "not a number, null and half a character"),
            (new TimeoutException("x"), new Broken(), "a context that breaks off"), (new InvalidOperationException("\ud800"), null, "half a character in a message"),
        })
        {
            s.Fresh();
            try
            {
                Audit(s, e, context);
            }
            catch (Exception thrown) when (thrown is not (BrokenPromiseException or PartMissingException))
            {
                throw new BrokenPromiseException($"Making the audit event of {what} threw {thrown.GetType().Name}.");
            }
        }

        return Task.CompletedTask;
    }

    private sealed class Hostile : Exception
    {
        public override string Message => throw new InvalidOperationException("no message for you");

        public override string ToString() => throw new InvalidOperationException("no text for you");
    }

    private sealed class Broken : IReadOnlyDictionary<string, object?>
    {
        public int Count => 1;

        public IEnumerable<string> Keys => throw new InvalidOperationException("no names for you");

        public IEnumerable<object?> Values => throw new InvalidOperationException("no values for you");

        public object? this[string key] => throw new InvalidOperationException("no value for you");

        public bool ContainsKey(string key) => throw new InvalidOperationException("no answer for you");

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => throw new InvalidOperationException("no value for you");

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return new("a", 1);
            throw new InvalidOperationException("no more for you");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
