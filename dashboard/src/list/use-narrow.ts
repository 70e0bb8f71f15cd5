import { useEffect, useState } from "react";

const narrow = matchMedia("(max-width: 719px)");

/** Whether the window has the width of a phone. */
export function useNarrow(): boolean {
  const [is, setIs] = useState(narrow.matches);
  useEffect(() => {
    const change = () => setIs(narrow.matches);
    narrow.addEventListener("change", change);
    return () => narrow.removeEventListener("change", change);
  }, []);
  return is;
}
