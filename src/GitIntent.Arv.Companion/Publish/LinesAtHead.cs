using System.Collections.Immutable;
using GitIntent.Arv.GitHub;
using Octokit;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>
/// A pull request's workflow judges the merge with the base, and its check stands on the head: where the base has changed a file, a line is another
/// one there. Only a line that still stands at the head keeps its number.
/// </summary>
internal sealed class LinesAtHead(GitHubSession session, Publication publication)
{
    /// <summary>The API lists no more files of a comparison.</summary>
    private const int FilesListed = 300;

    public async Task<ImmutableArray<Annotation>> MapAsync(ImmutableArray<Annotation> annotations)
    {
        if (publication.Judged is not { } judged || judged == publication.Head || annotations.IsEmpty) return annotations;

        var files = await ChangedAsync(judged).ConfigureAwait(false);
        return [.. annotations.Select(annotation => Map(annotation, judged, files))];
    }

    private static Annotation Map(Annotation annotation, string judged, Dictionary<string, GitHubCommitFile>? files)
    {
        if (files is null) return annotation.WithoutLine(judged);
        if (!files.TryGetValue(annotation.Path, out var file))
            return files.Count < FilesListed ? annotation : annotation.WithoutLine(judged);

        var there = annotation with { Path = file.PreviousFileName ?? annotation.Path };
        if (file.Patch is null || HunkMap.Read(file.Patch) is not { } map)
            return file is { Status: "renamed", Changes: 0 } ? there : there.WithoutLine(judged);

        // Every line of the range must be there, and none between.
        var (start, end) = (map.ToOld(annotation.StartLine), map.ToOld(annotation.EndLine));
        return start is { } first && end is { } last && last - first == annotation.EndLine - annotation.StartLine
            ? there with { StartLine = first, EndLine = last }
            : there.WithoutLine(judged);
    }

    /// <returns>What was judged and is otherwise at the head, by its name in what was judged; null where that cannot be known.</returns>
    private async Task<Dictionary<string, GitHubCommitFile>?> ChangedAsync(string judged)
    {
        try
        {
            var comparison = await session.Client.Repository.Commit.Compare(session.Owner, session.Repository, publication.Head, judged).ConfigureAwait(false);
            // The comparison starts at the merge base. It is one with the head only where that is it.
            return comparison.MergeBaseCommit?.Sha != publication.Head ? null
                : (comparison.Files ?? []).GroupBy(static f => f.Filename, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is ApiException or NotTheApiException or HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
