using System.Collections;
using System.Globalization;
using System.Text;
using static GitIntent.Reliability.Tests.Faulty.ObservabilityFault;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>Values as JSON text, by hand.</summary>
internal sealed class PlainJson(ObservabilityFault? fault)
{
    public enum Place
    {
        Message,
        Value,
        Error,
    }

    public string Redacted(string text, Place place)
    {
        if ((fault == SecretShapesInMessageOnly && place != Place.Message) || (fault == SecretsInErrorsKept && place == Place.Error))
            return text;
        if (fault == AddressesRedacted && text.Contains("://", StringComparison.Ordinal))
            return Redactor.Mark;
        return Redactor.Redact(text);
    }

    /// <summary>A value that holds no secret, and that can be written.</summary>
    public object? Safe(string name, object? value, int depth = 0)
    {
        if (value is not null && (depth == 0 || fault != SecretsTopLevelOnly) && (fault == SecretNamesExact ? name is "password" or "token" or "secret" : Redactor.IsSecretName(name)))
            return Redactor.Mark;
        if (depth > 20)
            return fault == CircleThrows ? throw new InvalidOperationException("a value is in itself") : "…";
        try
        {
            return value switch
            {
                null or bool or int or long => value,
                double d => double.IsFinite(d) ? d : d.ToString(CultureInfo.InvariantCulture),
                string text => Redacted(text, Place.Value),
                IEnumerable<KeyValuePair<string, object?>> map => map.Select(p => (p.Key, Safe(p.Key, p.Value, depth + 1))).ToList(),
                IEnumerable items => items.Cast<object?>().Select(i => Safe("", i, depth + 1)).ToArray(),
                _ => Redacted(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", Place.Value),
            };
        }
        catch (Exception e) when (fault is not BadValueThrows and not CircleThrows)
        {
            return e.GetType().Name;
        }
        catch (Exception e) when (fault == CircleThrows && e.Message != "a value is in itself")
        {
            return e.GetType().Name;
        }
    }

    public string Object(IEnumerable<(string Name, object? Value)> fields, bool top = false) =>
        $"{{{string.Join(fault == LineIndented && top ? ",\n  " : ",", fields.Select(f => $"{(fault == NamesNotEscaped ? $"\"{f.Name}\"" : Text(f.Name))}:{Value(f.Value)}"))}}}";

    private string Value(object? value) => value switch
    {
        null => "null",
        bool yes => yes ? "true" : "false",
        int or long or double => fault == NumbersAsText ? $"\"{Convert.ToString(value, CultureInfo.InvariantCulture)}\"" : Convert.ToString(value, CultureInfo.InvariantCulture)!,
        List<(string, object?)> fields => Object(fields),
        object?[] items => $"[{string.Join(",", items.Select(Value))}]",
        _ => Text(value.ToString()!),
    };

    private string Text(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' when fault != QuotesNotEscaped => json.Append('\\').Append(c),
                '\n' or '\r' when fault == LineEndsNotEscaped => json.Append(c),
                '\n' or '\r' when fault == LineEndsReplaced => json.Append(' '),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ when char.IsSurrogate(c) => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"').ToString();
    }
}
