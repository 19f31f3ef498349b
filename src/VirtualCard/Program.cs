using Jpki.VirtualCard.CommandLine;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl-C takes the card out in order; a second one ends the process.
    e.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
};
return await VirtualCardCommands.RunAsync(args, Console.In, Console.Out, Console.Error, interrupted.Token);
