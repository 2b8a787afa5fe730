namespace GitIntent.Reliability;

/// <summary>A scheme of the grammar, and the package that serves it.</summary>
/// <param name="HasHost">Whether <c>//</c> and a host follow.</param>
/// <param name="Expected">Its form, for messages.</param>
internal sealed record StoreScheme(string Name, string Package, string Call, bool HasHost, string Expected, params string[] Keys)
{
    public static readonly StoreScheme[] All =
    [
        new("memory", "GitIntent.Reliability", "", false, "memory:", "tenant"),
        new("sqlite", "GitIntent.Reliability.Sqlite", "AddSqlite()", false, "sqlite:PATH", "tenant", "mode"),
        new("redis", "GitIntent.Reliability.Redis", "AddRedis()", true, "redis://[USER:PASS@]HOST[:PORT][/DB]", "tenant", "prefix", "mode"),
        new("rediss", "GitIntent.Reliability.Redis", "AddRedis()", true, "rediss://[USER:PASS@]HOST[:PORT][/DB]", "tenant", "prefix", "mode"),
        new("postgres", "GitIntent.Reliability.PostgreSql", "AddPostgreSql()", true, "postgres://[USER:PASS@]HOST[:PORT]/DB", "tenant", "prefix", "schema", "mode"),
        new("firestore", "GitIntent.Reliability.Firestore", "AddFirestore()", true, "firestore://PROJECT[/DATABASE]", "tenant", "prefix", "mode"),
        new("assembly", "GitIntent.Reliability.Conformance", "", false, "assembly:PATH"),
    ];
}
