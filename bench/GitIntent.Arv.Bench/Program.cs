using GitIntent.Arv.Bench;

// Started by itself for each measurement: what the system says of its only child is what it tells.
if (args is ["measure", var folder, .. var measured])
    return Measurement.Child(folder, measured);

return args switch
{
    ["scan", var arv] => ScanBench.Run(arv, null),
    ["scan", var arv, var tree] => ScanBench.Run(arv, tree),
    ["equal", var arv, var tree] => EqualFindings.Run(arv, tree),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        scan ARV [TREE]   times ARV (the native dotnet-arv) against ripgrep, paired, on TREE and on trees made of it; without TREE, on a generated one
        equal ARV TREE    compares the findings of each rule with those of ripgrep
        """);
    return 20;
}
