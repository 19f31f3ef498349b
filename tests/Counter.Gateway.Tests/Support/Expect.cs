using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Applets;

namespace Jpki.Counter.Gateway.Tests.Support;

internal static class Expect
{
    /// <summary>The value of a result that must be a success; otherwise the test fails with the reason.</summary>
    public static async Task<T> Success<T>(this Task<CardResult<T>> task) =>
        (await task).TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"The card failed: {failure}");

    /// <summary>The failure of a result that must be one of this kind.</summary>
    public static async Task<TFailure> Failure<TFailure, T>(this Task<CardResult<T>> task)
        where TFailure : CardFailure => Assert.IsType<TFailure>((await task).Failure);

    public static async Task RefusedWith<T>(this Task<CardResult<T>> task, StatusWord status) =>
        Assert.Equal(status, Assert.IsType<CardFailure.Refused>((await task).Failure).Status);

    public static Pin Pin(string typed) =>
        Gateway.Applets.Pin.TryCreate(typed, out var pin) ? pin : throw new ArgumentException("Not a PIN.");
}
