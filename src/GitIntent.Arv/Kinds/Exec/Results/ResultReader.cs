using System.Xml;

namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>Reads TRX and JUnit files as a stream; which of the two it is, its first element says.</summary>
internal static class ResultReader
{
    public const long LargestFile = 256L << 20;

    // No document type: no external entity, and none that explodes.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = false,
    };

    /// <exception cref="ResultException">It is no result file, or not a whole one.</exception>
    public static void Read(Stream stream, TestResults into)
    {
        if (stream.Length > LargestFile)
            throw new ResultException($"larger than {LargestFile >> 20} MB");
        if (stream.Length == 0)
            throw new ResultException("empty");
        try
        {
            using var xml = XmlReader.Create(stream, Settings);
            xml.MoveToContent();
            switch (xml.LocalName)
            {
                case "TestRun":
                    new TrxReader(xml, into).Read();
                    break;
                case "testsuites" or "testsuite":
                    new JUnitReader(xml, into).Read();
                    break;
                default:
                    throw new ResultException($"neither TRX nor JUnit: its first element is <{ResultText.Shorten(xml.LocalName, 60)}>");
            }
        }
        catch (XmlException e)
        {
            throw new ResultException($"no whole XML document: {e.Message}");
        }
    }
}
