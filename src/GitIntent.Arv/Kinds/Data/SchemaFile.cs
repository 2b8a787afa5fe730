using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>The schema that a block names. Its mistakes are mistakes of the configuration, at their own places.</summary>
internal static class SchemaFile
{
    public static JsonSchema? Read(DocScalar path, CheckReading reading)
    {
        if (reading.Resources(path.Text) is not { } bytes)
        {
            reading.Errors.Add(path, $"schema: there is no file {path.Text}; expected a path from the root of the repository, or preset:…");
            return null;
        }
        try
        {
            var format = DocumentReader.FormatOf(path.Text) ?? DocumentFormat.Json;
            var errors = new List<SchemaError>();
            var schema = JsonSchema.Read(DocumentReader.Read(path.Text, bytes, format, DataRules.Limits), SchemaOptions.Strict, errors);
            foreach (var error in errors)
                reading.Errors.Add(error.Source, error.Mark, error.Message);
            return schema;
        }
        catch (DocumentException e)
        {
            reading.Errors.Add(e.SourceName, e.Mark, e.Message);
            return null;
        }
    }
}
