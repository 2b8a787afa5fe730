using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace GitIntent.Reliability;

internal static class NetworkErrors
{
    public static ErrorClassification? OfHttp(HttpRequestException e)
    {
        if (e.StatusCode is { } status)
            return new(OfStatus(status));
        // A refused certificate arrives as SecureConnectionError too, and stays refused.
        if (e.HttpRequestError is HttpRequestError.SecureConnectionError)
            return e.InnerException is AuthenticationException ? new(ErrorCode.ConfigurationError) : new(ErrorCode.NetworkError);
        return OfHttp(e.HttpRequestError);
    }

    public static ErrorClassification? OfHttp(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded
            or HttpRequestError.ProxyTunnelError or HttpRequestError.SecureConnectionError => new(ErrorCode.NetworkError),
        HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse => new(ErrorCode.UpstreamError),
        HttpRequestError.UserAuthenticationError => new(ErrorCode.Unauthorized),
        HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError
            or HttpRequestError.ExtendedConnectNotSupported => new(ErrorCode.ConfigurationError),
        _ => null, // Unknown: the cause decides
    };

    /// <summary>RFC 9110 §15 and RFC 6585.</summary>
    public static ErrorCode OfStatus(HttpStatusCode status) => (int)status switch
    {
        401 or 407 or 511 => ErrorCode.Unauthorized,
        402 => ErrorCode.QuotaExceeded,
        403 or 451 => ErrorCode.Forbidden,
        404 or 410 => ErrorCode.NotFound,
        408 or 504 => ErrorCode.Timeout,
        409 or 412 => ErrorCode.Conflict,
        425 or 503 => ErrorCode.ServiceUnavailable,
        429 => ErrorCode.RateLimited,
        501 or 505 or 506 or 508 or 510 => ErrorCode.ConfigurationError, // what is not implemented now is not in a second either
        507 => ErrorCode.QuotaExceeded,
        >= 400 and < 500 => ErrorCode.ValidationError,
        >= 500 and < 600 => ErrorCode.UpstreamError,
        _ => ErrorCode.InternalError, // an unexpected success or redirection
    };

    public static ErrorClassification OfSocket(SocketError error) => new(error switch
    {
        SocketError.TimedOut => ErrorCode.Timeout,
        SocketError.AccessDenied => ErrorCode.Forbidden,
        SocketError.AddressAlreadyInUse => ErrorCode.Conflict,
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit => ErrorCode.ServiceUnavailable,
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported
            or SocketError.ProtocolFamilyNotSupported or SocketError.ProtocolOption or SocketError.ProtocolType
            or SocketError.OperationNotSupported or SocketError.SocketNotSupported or SocketError.VersionNotSupported
            or SocketError.SystemNotReady or SocketError.NotInitialized => ErrorCode.ConfigurationError,
        SocketError.InvalidArgument or SocketError.Fault or SocketError.NotSocket or SocketError.MessageSize
            or SocketError.DestinationAddressRequired or SocketError.IsConnected => ErrorCode.InternalError,
        _ => ErrorCode.NetworkError, // refused, reset, unreachable, name not resolved, …
    });
}
