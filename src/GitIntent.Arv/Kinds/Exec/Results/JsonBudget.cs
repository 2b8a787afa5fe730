using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>What is not as the schema says, in one file.</summary>
/// <param name="File">As it is shown to people.</param>
/// <param name="Path">Where it lies in the repository; null for one below <c>{out}</c>.</param>
internal sealed record OverBudget(string File, string? Path, Violation Violation);

/// <summary>A JSON file that the command writes, and the schema that says which numbers are good.</summary>
internal sealed record JsonBudget(OutPath File, JsonSchema Schema)
{
    /// <returns>Null where the schema cannot be used; the errors say why.</returns>
    public static JsonBudget? Read(DocMap block, IReadOnlySet<string> names, Func<string, byte[]?> resources, ConfigErrors errors)
    {
        var file = OutPath.Parse((DocScalar)block["file"]!, names, errors);
        var at = (DocScalar)block["schema"]!;
        if (resources(at.Text) is not { } bytes)
        {
            errors.Add(at, $"exec: json: there is no schema \"{at.Text}\"");
            return null;
        }
        try
        {
            var mistakes = new List<SchemaError>();
            var root = DocumentReader.Read(at.Text, bytes, DocumentReader.FormatOf(at.Text) ?? DocumentFormat.Json, DocumentLimits.Default);
            var schema = JsonSchema.Read(root, SchemaOptions.Strict, mistakes);
            foreach (var mistake in mistakes)
                errors.Add(mistake.Source, mistake.Mark, mistake.Message);
            return schema is null ? null : new JsonBudget(file, schema);
        }
        catch (DocumentException e)
        {
            errors.Add(e.SourceName, e.Mark, e.Message);
            return null;
        }
    }

    /// <returns>What is over the budget, or why that cannot be known.</returns>
    public (IReadOnlyList<OverBudget> Found, string? Refusal) Judge(Bindings bindings, string root, RunFolder folder, CancellationToken stop)
    {
        var found = new List<OverBudget>();
        var paths = File.Find(bindings, root, folder.Out);
        if (paths.Count == 0)
            return (found, $"no JSON result: the command wrote nothing that \"{File.Raw}\" matches");
        foreach (var path in paths)
        {
            var within = File.InOut ? folder.Out : root;
            var relative = System.IO.Path.GetRelativePath(within, path).Replace('\\', '/');
            var name = File.InOut ? "{out}/" + relative : relative;
            if (ResultFiles.Believe(path, within, folder) is { } wrong)
                return (found, $"JSON result {name} {wrong}");
            try
            {
                if (new FileInfo(path).Length > DocumentLimits.Default.MaxBytes)
                    return (found, $"JSON result {name} is larger than {DocumentLimits.Default.MaxBytes >> 20} MB");
                var document = DocumentReader.Read(name, System.IO.File.ReadAllBytes(path), DocumentFormat.Json, DocumentLimits.Default);
                found.AddRange(Schema.Validate(document, stop).Select(violation => new OverBudget(name, File.InOut ? null : relative, violation)));
            }
            catch (DocumentException e)
            {
                return (found, $"JSON result {name}:{e.Mark.Line}:{e.Mark.Column} cannot be read: {e.Message}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SchemaRunException)
            {
                return (found, $"JSON result {name} cannot be judged: {e.Message}");
            }
        }
        return (found, null);
    }
}
