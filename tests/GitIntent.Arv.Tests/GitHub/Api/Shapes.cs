using System.Text.Json.Nodes;

namespace GitIntent.Arv.Tests.GitHub.Api;

/// <summary>Answers of GitHub's API with every member that its OpenAPI description requires.</summary>
internal static class Shapes
{
    private const string Api = "https://api.github.com/";
    private const string Time = "2026-01-02T03:04:05Z";

    private static readonly string[] UserAddresses =
    [
        "avatar_url", "events_url", "followers_url", "following_url", "gists_url", "html_url", "organizations_url", "received_events_url", "repos_url", "starred_url", "subscriptions_url", "url",
    ];

    private static readonly string[] RepositoryAddresses =
    [
        "archive_url", "assignees_url", "blobs_url", "branches_url", "collaborators_url", "comments_url", "commits_url", "compare_url", "contents_url", "contributors_url", "deployments_url",
        "downloads_url", "events_url", "forks_url", "git_commits_url", "git_refs_url", "git_tags_url", "hooks_url", "html_url", "issue_comment_url", "issue_events_url", "issues_url", "keys_url",
        "labels_url", "languages_url", "merges_url", "milestones_url", "notifications_url", "pulls_url", "releases_url", "stargazers_url", "statuses_url", "subscribers_url", "subscription_url",
        "tags_url", "teams_url", "trees_url", "url", "clone_url", "git_url", "ssh_url", "svn_url",
    ];

    private static readonly string[] PullAddresses =
    [
        "comments_url", "commits_url", "diff_url", "html_url", "issue_url", "patch_url", "review_comment_url", "review_comments_url", "statuses_url", "url",
    ];

    public static JsonObject User(string login, bool isWhole = false)
    {
        var user = Addresses(UserAddresses, new JsonObject
        {
            ["login"] = login,
            ["id"] = 1,
            ["node_id"] = "U_1",
            ["gravatar_id"] = "",
            ["type"] = "User",
            ["site_admin"] = false,
        });
        if (!isWhole) return user;

        foreach (var name in new[] { "bio", "blog", "company", "email", "location", "name" })
            user[name] = null;
        foreach (var name in new[] { "followers", "following", "public_gists", "public_repos" })
            user[name] = 0;
        (user["hireable"], user["created_at"], user["updated_at"], user["user_view_type"]) = (false, Time, Time, "public");
        return user;
    }

    public static JsonObject Comment(int id, string user, string body) => new()
    {
        ["id"] = id,
        ["node_id"] = $"IC_{id}",
        ["url"] = $"{Api}comments/{id}",
        ["html_url"] = $"{Api}html/{id}",
        ["issue_url"] = $"{Api}issues/7",
        ["user"] = User(user),
        ["body"] = body,
        ["created_at"] = Time,
        ["updated_at"] = Time,
        ["author_association"] = "NONE",
    };

    public static JsonObject Check(int id, JsonObject body) => new()
    {
        ["id"] = id,
        ["node_id"] = $"CR_{id}",
        ["head_sha"] = (string?)body["head_sha"],
        ["name"] = (string?)body["name"],
        ["url"] = $"{Api}check-runs/{id}",
        ["html_url"] = $"{Api}html/{id}",
        ["details_url"] = null,
        ["status"] = "completed",
        ["conclusion"] = null,
        ["started_at"] = Time,
        ["completed_at"] = Time,
        ["external_id"] = null,
        ["check_suite"] = new JsonObject { ["id"] = 5 },
        ["app"] = null,
        ["pull_requests"] = new JsonArray(),
        ["output"] = new JsonObject { ["title"] = null, ["summary"] = null, ["text"] = null, ["annotations_count"] = 0, ["annotations_url"] = $"{Api}check-runs/{id}/annotations" },
        ["annotations"] = new JsonArray(),
    };

    public static JsonObject GitCommit(string sha, params string[] parents) => new()
    {
        ["sha"] = sha,
        ["node_id"] = "C_1",
        ["url"] = $"{Api}c/{sha}",
        ["html_url"] = $"{Api}h/{sha}",
        ["author"] = Person(),
        ["committer"] = Person(),
        ["message"] = "x",
        ["tree"] = new JsonObject { ["sha"] = sha, ["url"] = $"{Api}t/{sha}" },
        ["parents"] = Parents(parents),
        ["verification"] = new JsonObject { ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null, ["verified_at"] = null },
    };

    /// <param name="mergeBase">Where the two sides part.</param>
    /// <param name="files">Each file's name, its earlier name where it has another, and its difference.</param>
    public static JsonObject Comparison(string mergeBase, params (string Name, string? Before, string? Patch)[] files) => new()
    {
        ["url"] = $"{Api}compare",
        ["html_url"] = $"{Api}html",
        ["permalink_url"] = $"{Api}permalink",
        ["diff_url"] = $"{Api}diff",
        ["patch_url"] = $"{Api}patch",
        ["base_commit"] = Commit(mergeBase),
        ["merge_base_commit"] = Commit(mergeBase),
        ["status"] = "ahead",
        ["ahead_by"] = 1,
        ["behind_by"] = 0,
        ["total_commits"] = 1,
        ["commits"] = new JsonArray(Commit(mergeBase)),
        ["files"] = new JsonArray([.. files.Select(static f => File(f.Name, f.Before, f.Patch))]),
    };

    public static JsonObject Pull(int number, string branch, string head) => Addresses(PullAddresses, new JsonObject
    {
        ["id"] = number,
        ["node_id"] = "PR_1",
        ["number"] = number,
        ["state"] = "open",
        ["locked"] = false,
        ["title"] = "x",
        ["body"] = null,
        ["user"] = User("someone"),
        ["labels"] = new JsonArray(),
        ["milestone"] = null,
        ["assignee"] = null,
        ["created_at"] = Time,
        ["updated_at"] = Time,
        ["closed_at"] = null,
        ["merged_at"] = null,
        ["merge_commit_sha"] = null,
        ["author_association"] = "NONE",
        ["auto_merge"] = null,
        ["head"] = Branch(branch, head),
        ["base"] = Branch("octo:main", new string('b', 40)),
        ["_links"] = new JsonObject(new[] { "comments", "commits", "statuses", "html", "issue", "review_comments", "review_comment", "self" }
            .Select(static n => KeyValuePair.Create<string, JsonNode?>(n, new JsonObject { ["href"] = Api + n }))),
    });

    private static JsonObject Branch(string label, string sha) => new()
    {
        ["label"] = label,
        ["ref"] = label.Split(':')[1],
        ["sha"] = sha,
        ["user"] = User(label.Split(':')[0]),
        ["repo"] = Repository(),
    };

    private static JsonObject Repository()
    {
        var repository = Addresses(RepositoryAddresses, new JsonObject
        {
            ["id"] = 1,
            ["node_id"] = "R_1",
            ["name"] = "app",
            ["full_name"] = FakeGitHub.Repository,
            ["owner"] = User("octo"),
            ["description"] = null,
            ["default_branch"] = "main",
            ["homepage"] = null,
            ["language"] = null,
            ["mirror_url"] = null,
            ["license"] = null,
            ["pushed_at"] = Time,
            ["created_at"] = Time,
            ["updated_at"] = Time,
        });
        foreach (var name in new[] { "private", "fork", "archived", "disabled", "has_downloads", "has_issues", "has_projects", "has_wiki", "has_pages" })
            repository[name] = false;
        foreach (var name in new[] { "forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers", "watchers_count" })
            repository[name] = 0;
        return repository;
    }

    private static JsonObject Commit(string sha) => new()
    {
        ["url"] = $"{Api}c/{sha}",
        ["sha"] = sha,
        ["node_id"] = "C_1",
        ["html_url"] = $"{Api}h",
        ["comments_url"] = $"{Api}cc",
        ["author"] = User("someone"),
        ["committer"] = User("someone"),
        ["parents"] = new JsonArray(),
        ["commit"] = new JsonObject
        {
            ["url"] = $"{Api}c",
            ["author"] = Person(),
            ["committer"] = Person(),
            ["message"] = "x",
            ["comment_count"] = 0,
            ["tree"] = new JsonObject { ["sha"] = sha, ["url"] = $"{Api}t" },
        },
    };

    private static JsonObject File(string name, string? before, string? patch)
    {
        var file = new JsonObject
        {
            ["sha"] = new string('f', 40),
            ["filename"] = name,
            ["status"] = before is null ? "modified" : "renamed",
            ["additions"] = 1,
            ["deletions"] = 0,
            ["changes"] = patch is null ? 0 : 1,
            ["blob_url"] = $"{Api}b",
            ["raw_url"] = $"{Api}r",
            ["contents_url"] = $"{Api}c",
        };
        if (before is not null) file["previous_filename"] = before;
        if (patch is not null) file["patch"] = patch;
        return file;
    }

    private static JsonArray Parents(string[] parents) =>
        new([.. parents.Select(static p => new JsonObject { ["sha"] = p, ["url"] = $"{Api}c/{p}", ["html_url"] = $"{Api}h/{p}" })]);

    private static JsonObject Person() => new() { ["name"] = "x", ["email"] = "x@example.com", ["date"] = Time };

    private static JsonObject Addresses(IEnumerable<string> names, JsonObject to)
    {
        foreach (var name in names)
            to[name] = Api + name;
        return to;
    }
}
