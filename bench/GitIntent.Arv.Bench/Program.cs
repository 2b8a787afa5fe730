using System.Globalization;
using GitIntent.Arv.Bench;

// Started by itself for each measurement: what the system says of its only child is what it tells.
if (args is ["measure", var folder, .. var measured])
    return Measurement.Child(folder, measured);

return args switch
{
    ["scan"] => ScanBench.Run("-", null, null),
    ["scan", var arv] => ScanBench.Run(arv, null, null),
    ["scan", var arv, var tree] => ScanBench.Run(arv, Given(tree), null),
    ["scan", var arv, var tree, var script] => ScanBench.Run(arv, Given(tree), script),
    ["start"] => StartBench.Run("-"),
    ["start", var arv] => StartBench.Run(arv),
    ["limits", var arv] => Limits.Run(Path.GetFullPath(arv)),
    ["equal", var arv, var tree] => EqualFindings.Run(Path.GetFullPath(arv), tree),
    ["tree", var megabytes, var where] when int.TryParse(megabytes, NumberStyles.None, CultureInfo.InvariantCulture, out var size) => Generate(where, size),
    _ => Usage(),
};

static string? Given(string argument) => argument == "-" ? null : argument;

static int Generate(string folder, int megabytes)
{
    Trees.Generate(folder, megabytes, ignores: true);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        scan [ARV [TREE [SCRIPT]]]   findings and time of ARV (the native dotnet-arv) against ripgrep, on TREE and on trees made of it; against ast-grep
                                     and SCRIPT (the original's forbidden-patterns.ts) on a generated one; and of --version. Without ARV, or with -, it
                                     is compiled; without TREE, or with -, one of 510 MB is generated. Exits 1 where the findings differ
        start [ARV]                  only --version, against a native program that does nothing else
        limits ARV                   what memory a file of 2 GB, a line of 500 MB and a million files take (3 GB of disk, a million inodes)
        equal ARV TREE               only the findings of each rule, against ripgrep's
        tree MEGABYTES FOLDER        the tree that is generated
        """);
    return 20;
}
