using System.Collections.Immutable;

namespace GitIntent.Arv.Tree;

/// <summary>The files under test: enumerated once, shared by all checks, never written.</summary>
internal sealed partial class Workspace
{
    private readonly IWorkspaceSource _source;

    private Workspace(IWorkspaceSource source, ImmutableArray<WorkspaceFile> files)
    {
        _source = source;
        Files = files;
    }

    /// <summary>The folder on disk that commands run in, or null where there is none.</summary>
    public string? Root => _source.Root;

    /// <summary>Every file that is not ignored, in ordinal path order.</summary>
    public ImmutableArray<WorkspaceFile> Files { get; }

    // To come in this part's other files:
    //   static Workspace Open(IWorkspaceSource source, CancellationToken stop)
    //   ImmutableArray<string> Folders                         every folder that is not ignored, in ordinal path order
    //   Selection Select(FileQuery query, CancellationToken stop)      the same query gives the same object
    //   FileRead Read(WorkspaceFile file, CancellationToken stop)      text, or why not
    //   PathLook Look(string path)                             what is at this very path, ignored or not
}

/// <summary>A file's text, or a word of <see cref="Model.LeftOutReasons"/> that says why there is none.</summary>
internal readonly record struct FileRead(SourceText? Text, string? Reason);

/// <summary>What is at a path.</summary>
internal enum PathState
{
    Missing,
    File,
    Folder,

    /// <summary>Something that cannot be looked at; the reason says why.</summary>
    Blocked,
}

/// <param name="File">Where it is a file (or a link to one inside the root).</param>
internal readonly record struct PathLook(PathState State, WorkspaceFile? File, string? Reason);
