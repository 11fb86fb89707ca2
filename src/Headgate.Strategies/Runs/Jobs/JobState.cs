namespace Headgate.Strategies.Runs.Jobs;

/// <summary>The states of a job, named as the replaced platform's queue named them.</summary>
internal static class JobState
{
    public const string Pending = "PENDING";
    public const string Started = "STARTED";
    public const string Processing = "PROCESSING";
    public const string Retry = "RETRY";
    public const string Success = "SUCCESS";
    public const string Failure = "FAILURE";
    public const string Revoked = "REVOKED";

    /// <summary>The API's word for a state.</summary>
    public static string Status(string state) => state switch
    {
        Pending => "pending",
        Started => "running",
        Processing => "processing",
        Success => "completed",
        Failure => "failed",
        _ => state.ToLowerInvariant(),
    };

    public static bool IsFinal(string state) => state is Success or Failure or Revoked;
}
