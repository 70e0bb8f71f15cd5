import { Component, useEffect, useEffectEvent, type ReactNode } from "react";
import { useLocation } from "react-router";

import { Button } from "./button";
import { Failed } from "./states";
import { useTranslation } from "../words";

interface FaultyProps {
  children: ReactNode;
  /** Called when an error is shown. */
  onError?: () => void;
}

interface BoundaryProps extends FaultyProps {
  address: string;
}

interface BoundaryState {
  error: unknown;
  address: string;
}

/** Shows an error of what it contains in its place. The rest of the dashboard keeps working.
 *
 * Another address ends it, and so does a connection that is back. */
export function PageFault(props: FaultyProps) {
  const { pathname } = useLocation();
  return <Boundary {...props} address={pathname} />;
}

class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, address: this.props.address };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { error: error ?? new Error("no reason") };
  }

  static getDerivedStateFromProps({ address }: BoundaryProps, state: BoundaryState): Partial<BoundaryState> | null {
    return state.address === address ? null : { error: null, address };
  }

  override componentDidCatch(): void {
    this.props.onError?.();
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <Fault error={error} onRetry={() => this.setState({ error: null })} />;
  }
}

function Fault({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const retry = useEffectEvent(onRetry);
  useEffect(() => {
    const online = () => retry();
    addEventListener("online", online);
    return () => removeEventListener("online", online);
  }, []);
  return (
    <section>
      <h1 className="visually-hidden">{t("states.pageBroke")}</h1>
      <Failed error={error} onRetry={onRetry} />
      <p style={{ textAlign: "center" }}>
        <Button onClick={() => location.reload()}>{t("app.reload")}</Button>
      </p>
    </section>
  );
}
