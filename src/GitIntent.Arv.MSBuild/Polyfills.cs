// What the compiler and MSBuild look for by name, and netstandard2.0 does not have.

namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}

namespace Microsoft.Build.Framework
{
    /// <summary>With <c>-mt</c>, a task that has this runs in the process of the build; another gets one of its own.</summary>
    [AttributeUsage(AttributeTargets.Class, Inherited = false)]
    internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
}
