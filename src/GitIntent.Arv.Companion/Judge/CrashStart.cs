using System.Text.Json;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>How a companion is started that the check <c>Crash safety</c> kills: as this one was.</summary>
internal static class CrashStart
{
    public static Func<string, ChildCommand> Of(JudgeRequest request, string type) => job => new ChildCommand(
        Environment.ProcessPath ?? "dotnet",
        ["exec", .. request.Packages is { } packages ? ["--additionalprobingpath", packages] : Array.Empty<string>(), Path.Combine(AppContext.BaseDirectory, CompanionProcess.AssemblyName), CompanionProcess.Crash, $"{job}.answer"])
    {
        Input = JsonSerializer.Serialize(new CrashRequest(request.Assembly, type, job), JudgeJson.Default.CrashRequest),
    };
}
