using System.Diagnostics.Metrics;

namespace GitIntent.Reliability;

public sealed partial class MetricsRegistry
{
    /// <summary>Records what the meter of this name measures, until the result is disposed of.</summary>
    /// <param name="meterName">The meter, such as <see cref="ReliabilityTelemetry.MeterName"/>.</param>
    /// <returns>Ends the recording. <see cref="MeterListener.RecordObservableInstruments"/> asks the observable instruments.</returns>
    public MeterListener Listen(string meterName)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == meterName)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<byte>((i, v, labels, _) => Measured(i, v, labels));
        listener.SetMeasurementEventCallback<short>((i, v, labels, _) => Measured(i, v, labels));
        listener.SetMeasurementEventCallback<int>((i, v, labels, _) => Measured(i, v, labels));
        listener.SetMeasurementEventCallback<long>((i, v, labels, _) => Measured(i, v, labels));
        listener.SetMeasurementEventCallback<float>((i, v, labels, _) => Measured(i, v, labels));
        listener.SetMeasurementEventCallback<double>((i, v, labels, _) => Measured(i, v, labels));
        listener.SetMeasurementEventCallback<decimal>((i, v, labels, _) => Measured(i, (double)v, labels));
        listener.Start();
        return listener;
    }

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(Histogram<>))
            Record(MetricKind.Histogram, instrument.Name, value, labels);
        else if (definition == typeof(Counter<>))
            Record(MetricKind.Counter, instrument.Name, value, labels);
        else
            Record(MetricKind.Gauge, instrument.Name, value, labels, add: definition == typeof(UpDownCounter<>)); // an observed total is the last value, too
    }
}
