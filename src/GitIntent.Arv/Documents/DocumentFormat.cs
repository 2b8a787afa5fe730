namespace GitIntent.Arv.Documents;

internal enum DocumentFormat
{
    Json,
    Yaml,
    Toml,
    Xml,
}
