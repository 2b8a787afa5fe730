using BenchmarkDotNet.Running;
using GitIntent.Reliability.Bench;

// `ratios` prints the figures of docs/reliability.md in a minute; anything else goes to BenchmarkDotNet (`--filter '*' --job short`).
if (args is not ["ratios", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(Ratios).Assembly).Run(args);
    return;
}

await Ratios.RunAsync(Console.Out, args[1..]);
