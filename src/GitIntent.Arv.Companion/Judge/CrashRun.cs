using System.Runtime.Loader;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>The part of <see cref="CrashJob"/> that knows the subject's types.</summary>
internal static class CrashRun
{
    /// <summary>Called in the context that the assembly is loaded into, so with types that both contexts share.</summary>
    public static Task<int> RunAsync(string assembly, string type, string job)
    {
        var found = AssemblyLoadContext.GetLoadContext(typeof(CrashRun).Assembly)!.LoadFromAssemblyPath(assembly).GetType(type, throwOnError: true)!;
        return ConformanceChild.RunAsync((ConformanceSubject)Activator.CreateInstance(found)!, job);
    }
}
