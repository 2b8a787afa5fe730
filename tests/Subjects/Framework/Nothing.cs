namespace GitIntent.Subjects.Framework;

public static class Nothing
{
}
